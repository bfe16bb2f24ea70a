"""The horizon: feeds are fetched by a job, items are entered by hand, and a person says what each is worth."""
