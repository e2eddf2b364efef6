"""The FHIR R4 edge: reads and searches for applications, each resource a module that `registry` lists.

    urls > views > registry > resources > parameters, outcomes, asking

A resource says its search parameters, how it asks its domain and how it is written. Routes and the capability
statement are made from the registry, so a resource added there is served, described and tested.
"""
