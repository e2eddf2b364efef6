"""Writing a request: the patient, what is asked for, questions, documents; checked, handed over, sent."""
