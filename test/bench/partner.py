"""A program that is asked and answers in lines."""

import subprocess


class PartnerGone(Exception):
    """The program ended when it should have answered."""


class Partner:
    """Talk to a program over its standard input and output."""

    def __init__(self, command, **options):
        self.name = command[0].rsplit("/", 1)[-1]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", **options)

    def write(self, text):
        """Say something."""
        try:
            self.process.stdin.write(text)
            self.process.stdin.flush()
        except BrokenPipeError:
            raise PartnerGone(f"{self.name} has ended") from None

    def read(self):
        """Return the next line that it prints."""
        line = self.process.stdout.readline()
        if not line:
            raise PartnerGone(f"{self.name} has ended: its status is "
                              f"{self.process.wait()}")
        return line.rstrip("\n")

    def read_until(self, mark):
        """Return the lines before the one that is "mark"."""
        lines = []
        while (line := self.read()) != mark:
            lines.append(line)
        return lines

    def ask(self, line):
        """Say a line; return the answer as numbers."""
        self.write(line + "\n")
        return [float(word) for word in self.read().split()]

    def close(self):
        """Let it end by itself."""
        if not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        self.process.stdout.close()
        self.process.wait()
