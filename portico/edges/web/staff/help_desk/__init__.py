"""The plan's support desk: cases, the diagnosis of anybody without a patient, the access report."""
