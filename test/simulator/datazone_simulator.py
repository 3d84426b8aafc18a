#!/usr/bin/env python3
"""datazone_simulator.py: start a DataZone for tests and for the demo.

Kept to three lines so that the package stays importable from the self tests;
everything happens in dzsim.main.
"""
import sys

from dzsim.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
