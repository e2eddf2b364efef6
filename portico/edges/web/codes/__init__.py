"""Codes of claims and payments in plain words of our own, and what an office can do about each.

    reasons      carc, rarc: why an amount is not paid as billed (CAS), the remarks beside it;
                 group: who bears an adjustment
    states       where a claim stands, what it waits for, whose turn it is
    payments     what an 835 says of a claim (CLP02) and takes off a payment (PLB)

The sentences of reasons and remarks stand in `carc.txt` and `rarc.txt`: code, meaning, advice. The advice is
a sentence, or the name of one in `advice.txt`. They say less than the published lists, on purpose: an office
needs to know what it means for it. A code that is in no list is shown as it came.
"""
