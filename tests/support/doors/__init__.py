"""The doors of the portal as programs and people outside stand before them: nothing here is the product's."""
