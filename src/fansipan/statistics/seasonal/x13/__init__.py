"""The X-13ARIMA-SEATS program: what it is asked, how it runs, what it answered."""
