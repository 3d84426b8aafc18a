#!/usr/bin/env python3
"""identity_standins.py: where an AWS SDK gets credentials from, on loopback.

STS, the instance's and the container's metadata, and the portal of IAM
Identity Center; everything happens in dzidentity.main.
"""
import sys

from dzidentity.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
