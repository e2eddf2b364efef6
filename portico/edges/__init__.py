"""What speaks a protocol; decides nothing and owns no business table."""
