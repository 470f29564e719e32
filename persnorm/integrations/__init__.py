"""persnorm inside other libraries, each of which must be installed."""
