"""Batch eligibility: a file of patients in, every row checked, asked and answered, and files out."""
