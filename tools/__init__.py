"""Small programs that `make` calls; nothing of the product imports them."""
