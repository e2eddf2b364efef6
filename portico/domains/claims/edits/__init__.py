"""The edits of an 837: what has to be right of a claim before the plan takes it, as tables and pure rules.

    SentClaim + Known -> judging.judge -> Misfits; none: it is taken

Whoever takes an 837 in, as encounters or as claims, asks the same ones.
"""
