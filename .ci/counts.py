"""Prints "PASSED FAILED" of a test report; a run that failed without a failing test counts as one failure."""
import json
import sys

report = json.load(open(sys.argv[1], encoding='utf-8'))
passed, failed = report['numPassedTests'], report['numFailedTests']
if failed == 0 and (sys.argv[2] != '0' or not report['success']):
    failed = 1
if passed + failed == 0:
    failed = 1
print(passed, failed)
