"""The pages of counts: tables and charts without a name in them."""
