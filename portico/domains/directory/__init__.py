"""The directory: who practises where and in which network, and keeping that true."""
