"""Results in the Test Anything Protocol."""


class Tap:
    """Prints points and, at the end, the plan."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def point(self, good, name, notes=()):
        """Print one result; notes say why it failed."""
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            for note in list(notes)[:20]:
                print("#   " + str(note).replace("\n", "\n#   "))

    def same(self, got, wanted, name):
        """Compare two values."""
        self.point(got == wanted, name, [f"got    {got!r}",
                                         f"wanted {wanted!r}"])

    def skip(self, name, reason):
        """Say that a test did not run."""
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def done(self):
        """Print the plan; return the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0
