"""What is refused before it is sent, and in which words.

(what it shows, operation, params as JSON text, message, hint or None).  The
root is "params" and there is no default domain, unless the params say
otherwise by the two lists at the end.
"""

D = '"domainIdentifier":"dzd_a"'
LIST_RUNS = "ListDataSourceRuns"
EVENT = ('"run":{"runId":"r"},"job":{"namespace":"n","name":"j"},'
         '"eventTime":"2026-01-02T03:04:05Z","producer":"p","schemaURL":"s"')


def event(text):
    """Return the params of PostLineageEvent with an event."""
    return "{%s,\"event\":%s}" % (D, text)


REFUSALS = [
    # shapes of values
    ("params that are an array", LIST_RUNS, "[]",
     "params: expected a JSON object", None),
    ("params that are a string", LIST_RUNS, '"x"',
     "params: expected a JSON object", None),
    ("params that are null", LIST_RUNS, "null",
     "params: expected a JSON object", None),
    ("a number for a string", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":5}" % D,
     "params.dataSourceIdentifier: expected a string, not a number", None),
    ("a boolean for a string", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":true}" % D,
     "params.dataSourceIdentifier: expected a string, not a boolean", None),
    ("an object for a string", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":{}}" % D,
     "params.dataSourceIdentifier: expected a string, not an object", None),
    ("a string for an integer", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"maxResults\":\"5\"}" % D,
     "params.maxResults: expected an integer, not a string", None),
    ("a fraction for an integer", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"maxResults\":5.5}" % D,
     "params.maxResults: expected an integer, not a fraction", None),
    ("an integer that does not fit", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"maxResults\":2147483648}" % D,
     "params.maxResults: integer out of range", None),
    ("an integer beyond 64 bits", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"maxResults\":1e300}" % D,
     "params.maxResults: integer out of range", None),
    ("a string for a boolean", "GetConnection",
     "{%s,\"identifier\":\"c\",\"withSecret\":\"true\"}" % D,
     "params.withSecret: expected a boolean, not a string", None),
    ("a string for a float", "AcceptPredictions",
     "{%s,\"identifier\":\"a\",\"acceptRule\":{\"threshold\":\"0.5\"}}" % D,
     "params.acceptRule.threshold: expected a number, not a string", None),
    ("an object for a list", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"items\":{}}" % D,
     "params.items: expected an array, not an object", None),
    ("an array for a structure", "AcceptPredictions",
     "{%s,\"identifier\":\"a\",\"acceptRule\":[]}" % D,
     "params.acceptRule: expected an object, not an array", None),
    ("a list for a map", "TagResource",
     '{"resourceArn":"arn","tags":[]}',
     "params.tags: expected an object, not an array", None),
    ("a null in a list", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"glossaryTerms\":"
     "[\"a\",null]}" % D,
     "params.glossaryTerms[1]: must not be null", None),
    ("a null in a list of the query", "UntagResource",
     '{"resourceArn":"arn","tagKeys":[null]}',
     "params.tagKeys[0]: must not be null", None),
    # names
    ("a required member", LIST_RUNS, "{%s}" % D,
     "params.dataSourceIdentifier: required", None),
    ("a required member that is null", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":null}" % D,
     "params.dataSourceIdentifier: required", None),
    ("a required member inside", "CreateRule",
     "{%s,\"name\":\"r\",\"target\":{\"domainUnitTarget\":{}},\"action\":"
     "\"CREATE_LISTING_CHANGE_SET\",\"scope\":{},\"detail\":"
     "{\"metadataFormEnforcementDetail\":{}}}" % D,
     "params.target.domainUnitTarget.domainUnitId: required", None),
    ("a domain without a default", LIST_RUNS,
     '{"dataSourceIdentifier":"d"}', "params.domainIdentifier: required",
     "Pass a domain identifier, or set option \"domain_identifier\" of the"
     " server."),
    ("a mistyped name", LIST_RUNS,
     "{%s,\"dataSourceIdentifer\":\"d\"}" % D,
     "params.dataSourceIdentifer: unknown member",
     "Perhaps you meant \"dataSourceIdentifier\"."),
    ("a name written in SQL's way", LIST_RUNS,
     "{%s,\"data_source_identifier\":\"d\"}" % D,
     "params.data_source_identifier: unknown member",
     "Perhaps you meant \"dataSourceIdentifier\"."),
    ("a name like no other", "AcceptPredictions",
     "{%s,\"identifier\":\"a\",\"acceptRule\":{\"zzzzzzzz\":1}}" % D,
     "params.acceptRule.zzzzzzzz: unknown member",
     "Its members are: rule, threshold."),
    ("an unknown name that is null", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"nope\":null}" % D,
     "params.nope: unknown member", None),
    ("a name in the wrong case", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"MaxResults\":1}" % D,
     "params.MaxResults: unknown member",
     "Perhaps you meant \"maxResults\"."),
    ("a name that is empty", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"\":1}" % D,
     "params[\"\"]: unknown member", None),
    ("a name that needs quotes", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"a\\nb\\\"\":1}" % D,
     "params[\"a\\nb\\\"\"]: unknown member", None),
    ("a name that is too long to show", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"d\",\"%s\":1}" % (D, "k" * 1000),
     "params[\"%s\"...]: unknown member" % ("k" * 64), None),
    # unions
    ("a union without a member", "CreateRule",
     "{%s,\"name\":\"r\",\"target\":{},\"action\":\"a\",\"scope\":{},"
     "\"detail\":{}}" % D,
     "params.detail: exactly one member is required, not 0", None),
    ("a union with a null member", "CreateAssetFilter",
     "{%s,\"assetIdentifier\":\"a\",\"name\":\"n\",\"configuration\":"
     "{\"rowConfiguration\":null}}" % D,
     "params.configuration: exactly one member is required, not 0",
     "Its members are: rowConfiguration, columnConfiguration."),
    ("a union with two members", "CreateAssetFilter",
     "{%s,\"assetIdentifier\":\"a\",\"name\":\"n\",\"configuration\":"
     "{\"columnConfiguration\":{},\"rowConfiguration\":{\"rowFilter\":"
     "{\"and\":[]}}}}" % D,
     "params.configuration: exactly one member is required, not 2", None),
    # lengths
    ("an empty string", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"\"}" % D,
     "params.name: must not be empty", None),
    ("an empty list", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"glossaryTerms\":[]}" % D,
     "params.glossaryTerms: must not be empty", None),
    ("an empty list in the query", "BatchGetAttributesMetadata",
     "{%s,\"entityType\":\"ASSET\",\"entityIdentifier\":\"e\","
     "\"attributeIdentifiers\":[]}" % D,
     "params.attributeIdentifiers: must not be empty", None),
    # places
    ("a label that is empty", "ListTagsForResource", '{"resourceArn":""}',
     "params.resourceArn: must not be empty", None),
    ("a label that is a dot", "ListTagsForResource", '{"resourceArn":"."}',
     "params.resourceArn: must not be \".\"", None),
    ("a label that is two dots", LIST_RUNS,
     "{%s,\"dataSourceIdentifier\":\"..\"}" % D,
     "params.dataSourceIdentifier: must not be \"..\"", None),
    # forms
    ("a domain of another form", LIST_RUNS,
     '{"domainIdentifier":"sales","dataSourceIdentifier":"d"}',
     "params.domainIdentifier: not a domain identifier",
     "A domain identifier is \"dzd\", a hyphen or underscore, and 1 to 36"
     " letters, digits, hyphens or underscores."),
    ("a domain that is too long", LIST_RUNS,
     "{\"domainIdentifier\":\"dzd_%s\",\"dataSourceIdentifier\":\"d\"}"
     % ("a" * 37),
     "params.domainIdentifier: not a domain identifier", None),
    ("a domain with a line end", LIST_RUNS,
     '{"domainIdentifier":"dzd_a\\n","dataSourceIdentifier":"d"}',
     "params.domainIdentifier: not a domain identifier", None),
    ("an empty client token", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"clientToken\":\"\"}" % D,
     "params.clientToken: not a client token",
     "A client token is 1 to 128 printable ASCII characters without spaces."),
    ("a client token that is too long", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"clientToken\":\"%s\"}"
     % (D, "t" * 129),
     "params.clientToken: not a client token", None),
    ("a client token with a space", "CreateDataProductRevision",
     "{%s,\"identifier\":\"p\",\"name\":\"n\",\"clientToken\":\"a b\"}" % D,
     "params.clientToken: not a client token", None),
    ("a client token that would end the header", "PostLineageEvent",
     "{%s,\"event\":{%s},\"clientToken\":\"a\\r\\nX: y\"}" % (D, EVENT),
     "params.clientToken: not a client token", None),
    ("an empty plain token", "StartDataSourceRun",
     "{%s,\"dataSourceIdentifier\":\"d\",\"clientToken\":\"\"}" % D,
     "params.clientToken: a client token must not be empty nor hold control"
     " characters", None),
    ("a plain token with a line end", "StartDataSourceRun",
     "{%s,\"dataSourceIdentifier\":\"d\",\"clientToken\":\"a\\n\"}" % D,
     "params.clientToken: a client token must not be empty nor hold control"
     " characters", None),
    ("a timestamp that is a number", "GetLineageNode",
     "{%s,\"identifier\":\"n\",\"eventTimestamp\":1762021397}" % D,
     "params.eventTimestamp: expected a timestamp as an ISO 8601 string, not"
     " a number", None),
    ("a timestamp that is a number in a string", "GetLineageNode",
     "{%s,\"identifier\":\"n\",\"eventTimestamp\":\"1762021397\"}" % D,
     "params.eventTimestamp: not an ISO 8601 timestamp",
     "A timestamp looks like 2026-01-02T03:04:05Z or"
     " 2026-01-02T03:04:05.678+01:00."),
    ("a timestamp in HTTP's form", "GetLineageNode",
     "{%s,\"identifier\":\"n\",\"eventTimestamp\":"
     "\"Fri, 02 Jan 2026 03:04:05 GMT\"}" % D,
     "params.eventTimestamp: not an ISO 8601 timestamp", None),
    ("a day that does not exist", "GetLineageNode",
     "{%s,\"identifier\":\"n\",\"eventTimestamp\":"
     "\"2026-02-29T03:04:05Z\"}" % D,
     "params.eventTimestamp: not an ISO 8601 timestamp", None),
    # lineage events
    ("an event that is text", "PostLineageEvent", event('"{}"'),
     "params.event: expected an object, not a string", None),
    ("no event", "PostLineageEvent", "{%s}" % D, "params.event: required",
     None),
    ("a DatasetEvent", "PostLineageEvent",
     event('{"dataset":{},"eventTime":"2026-01-02T03:04:05Z",'
           '"producer":"p","schemaURL":"s"}'),
     "params.event.run: required",
     "Only an OpenLineage RunEvent is accepted, not a DatasetEvent or a"
     " JobEvent."),
    ("a run without an id", "PostLineageEvent",
     event('{%s,"run":{}}' % EVENT), "params.event.run.runId: required",
     None),
    ("a run that is a string", "PostLineageEvent",
     event('{%s,"run":"r"}' % EVENT),
     "params.event.run: expected an object, not a string", None),
    ("an event without a job", "PostLineageEvent",
     event('{%s,"job":null}' % EVENT), "params.event.job: required", None),
    ("a job without a namespace", "PostLineageEvent",
     event('{%s,"job":{"name":"j"}}' % EVENT),
     "params.event.job.namespace: required", None),
    ("a job whose name is empty", "PostLineageEvent",
     event('{%s,"job":{"namespace":"n","name":""}}' % EVENT),
     "params.event.job.name: must not be empty", None),
    ("an event without a producer", "PostLineageEvent",
     event('{%s,"producer":null}' % EVENT),
     "params.event.producer: required", None),
    ("a schemaURL that is a number", "PostLineageEvent",
     event('{%s,"schemaURL":5}' % EVENT),
     "params.event.schemaURL: expected a string, not a number", None),
    ("an event without a time", "PostLineageEvent",
     event('{%s,"eventTime":null}' % EVENT),
     "params.event.eventTime: required", None),
    ("an event at no time", "PostLineageEvent",
     event('{%s,"eventTime":"yesterday"}' % EVENT),
     "params.event.eventTime: not an ISO 8601 timestamp", None),
]
