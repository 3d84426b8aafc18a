"""dzsim: a DataZone on loopback, written from the service's public model.

It shares no code with the extension that is tested against it: a mistake in
the client must not be able to hide behind the same mistake here.
"""
