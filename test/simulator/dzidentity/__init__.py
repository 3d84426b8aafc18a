"""Stand-ins for what hands out credentials: STS, IMDS, containers, SSO.

HTTP, faults and journal are the DataZone simulator's (dzsim); what is said
over them is in here, written from the services' published interfaces.
"""
