#!/usr/bin/env python3
"""selftest.py: run all self tests of the simulator.

The tests are in selftests/, a file per concern; this runs them together and
prints unittest's result.  With DATAZONE_SHARED naming a directory that holds
the public vectors and the service's model, those are used, too.
"""
import os
import sys
import unittest


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    suite = unittest.defaultTestLoader.discover(
        os.path.join(here, "selftests"), "test_*.py")
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    return 0 if result.wasSuccessful() and result.testsRun else 1


if __name__ == "__main__":
    sys.exit(main())
