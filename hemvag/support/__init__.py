"""Adults by agreement: own contact or an offer, medgivande, plan, conference. Stranger to `concerns`."""
