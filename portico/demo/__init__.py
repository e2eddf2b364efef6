"""The synthetic plan: Northlake Health Plan, written as the feeds a real plan would send.

`build.build` writes the files; the loaders read them through the same doors as anybody's. Nobody in it
exists: identifiers are of ranges that are never issued (see `identifiers`), towns and offices are invented.
"""
