"""What was measured, as a table: medians, ratios, and whether bars hold.

A bar that does not hold is said in the table and at its end; it fails nothing.
"""

import datetime
import os
import platform
import statistics
import textwrap

WIDTHS = (43, 9, 19, 9, 19, 6, 7)


def machine():
    """Describe this machine in a line."""
    model = platform.machine()
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as cpus:
        for line in cpus:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return (f"{model}, {os.cpu_count()} cores, "
            f"{pages * size / 2 ** 30:.1f} GB, "
            f"{platform.system()} {platform.release()}")


def print_head(versions, rounds):
    """Say where, when and with what."""
    now = datetime.datetime.now(datetime.timezone.utc)
    print(f"datazone benchmarks, {now:%Y-%m-%d %H:%M} UTC")
    print(f"machine:  {machine()}")
    print(textwrap.fill("versions: " + ", ".join(versions), 79,
                        subsequent_indent=" " * 10))
    print(textwrap.fill(
        f"Medians of {rounds} rounds ({rounds * 3} for single calls), "
        "measured and baseline in turns.  Ratio: the median of the rounds' "
        "ratios; in brackets the least and the greatest of them.  Best: the "
        "ratio of the best rounds, which tells more on a machine that others "
        "use, too.  Server: one nginx worker, for single calls on the "
        "client's core.", 79) + "\n",
          flush=True)


def show(value):
    """Write a number with three or four digits."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


class Ratio:
    """Rounds of ours against those of a baseline."""

    def __init__(self, what, ours, baseline):
        self.what = what
        self.ours, self.baseline = ours, baseline
        self.mine = statistics.median(ours)
        self.other = statistics.median(baseline)
        # what else the machine does comes and goes in seconds, for both
        self.each = [a / b for a, b in zip(ours, baseline)]
        self.value = statistics.median(self.each)

    def cells(self, name, best):
        """Return the cells of a line; "best" picks the best of rounds."""
        return (self.what, show(self.mine), name, show(self.other),
                f"{self.value:.2f} ({min(self.each):.2f}-{max(self.each):.2f})",
                f"{best(self.ours) / best(self.baseline):.2f}")


class Table:
    """Prints each line as soon as it is known; remembers what is amiss."""

    def __init__(self):
        self.missed = []
        self.skipped = []
        self.has_head = False

    def line(self, *cells):
        """Print one line of cells; the first is aligned to the left."""
        if not self.has_head:
            self.has_head = True
            self.line("what", "ours", "baseline", "", "ratio", "best", "bar",
                      "holds")
        text = cells[0].ljust(WIDTHS[0]) + cells[1].rjust(WIDTHS[1]) + "  " \
            + cells[2].ljust(WIDTHS[2]) + cells[3].rjust(WIDTHS[3]) \
            + cells[4].rjust(WIDTHS[4]) + cells[5].rjust(WIDTHS[5]) + "   " \
            + cells[6].ljust(WIDTHS[6]) + " " + cells[7]
        print(text.rstrip(), flush=True)

    def judge(self, what, holds):
        """Return the word for a bar that holds or does not."""
        if not holds:
            self.missed.append(what)
        return "yes" if holds else "NO"

    def at_most(self, what, ours, name, baseline, bar):
        """Compare times by the median of their ratios."""
        ratio = Ratio(what, ours, baseline)
        self.line(*ratio.cells(name, min), f"<= {bar}",
                  self.judge(what, ratio.value <= bar))

    def at_least(self, what, ours, name, baseline, bar):
        """Compare rates by the median of their ratios."""
        ratio = Ratio(what, ours, baseline)
        self.line(*ratio.cells(name, max), f">= {bar}",
                  self.judge(what, ratio.value >= bar))

    def compare(self, what, ours, name, baseline, best):
        """Compare medians without a bar."""
        self.line(*Ratio(what, ours, baseline).cells(name, best), "", "")

    def tell(self, what, ours):
        """Tell the median of a list of rounds."""
        self.line(what, show(statistics.median(ours)), "", "", "", "", "", "")

    def difference(self, what, ours, name, baseline, most):
        """Compare two lists of rounds by the difference of their medians."""
        mine, other = statistics.median(ours), statistics.median(baseline)
        self.line(what, show(mine), name, show(other), f"{mine - other:+.2f}",
                  "", f"<= {most}", self.judge(what, mine - other <= most))

    def limit(self, what, ours, most):
        """Compare a list of rounds with a limit."""
        mine = statistics.median(ours)
        self.line(what, show(mine), "", "", "", "", f"<= {most}",
                  self.judge(what, mine <= most))

    def skip(self, what, why):
        """Say that something was not measured."""
        self.skipped.append(what)
        print(f"{what}: skipped ({why})", flush=True)

    def print_all(self):
        """End the table."""
        print()
        for what in self.missed:
            print(f"the bar does not hold: {what}")
        print(f"{len(self.missed)} bars do not hold, "
              f"{len(self.skipped)} skipped", flush=True)
