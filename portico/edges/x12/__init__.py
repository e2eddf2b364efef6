"""X12 as the plan's partners speak it: guides, acknowledgements, and one package per transaction pair."""
