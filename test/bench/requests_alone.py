"""Building and signing requests, without sending them."""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))

SIGN_BAR = 2
SIGN_COUNT = 20000

# microseconds that building and signing a nested request may take
BUILD_BAR = 40
BUILD_COUNT = 5000

SETUP = f"""
CREATE FUNCTION pg_temp.bench_request(text, jsonb, int) RETURNS float8
    AS '{HERE}/request_bench', 'bench_request' LANGUAGE C;
"""

# CreateDataSource with every member.
PARAMS = """{
 "domainIdentifier": "dzd_benchmark", "name": "redshift-sales",
 "description": "Tables of the sales warehouse, imported every night",
 "projectIdentifier": "5pr0benchmark0",
 "environmentIdentifier": "6en0benchmark0",
 "connectionIdentifier": "7co0benchmark0", "type": "REDSHIFT",
 "configuration": {"redshiftRunConfiguration": {
   "dataAccessRole": "arn:aws:iam::123456789012:role/datazone-access",
   "redshiftCredentialConfiguration": {"secretManagerArn":
     "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sales-AbCdEf"},
   "redshiftStorage": {"redshiftClusterSource": {"clusterName": "sales"}},
   "relationalFilterConfigurations": [
     {"databaseName": "sales", "schemaName": "public", "filterExpressions": [
       {"type": "INCLUDE", "expression": "order*"},
       {"type": "EXCLUDE", "expression": "order_tmp*"}]},
     {"databaseName": "sales", "schemaName": "returns", "filterExpressions": [
       {"type": "INCLUDE", "expression": "*"}]}]}},
 "recommendation": {"enableBusinessNameGeneration": true},
 "enableSetting": "ENABLED",
 "schedule": {"timezone": "EUROPE_PARIS", "schedule": "cron(0 7 * * ? *)"},
 "publishOnImport": false,
 "assetFormsInput": [
   {"formName": "Owner", "typeIdentifier": "amazon.datazone.Owner",
    "typeRevision": "1", "content": "{\\"team\\":\\"sales\\",\\"tier\\":1}"},
   {"formName": "Purpose", "typeIdentifier": "amazon.datazone.Purpose",
    "typeRevision": "2", "content": "{\\"text\\":\\"daily sales report\\"}"}],
 "clientToken": "01941f29-7c00-4000-8000-000000000001"
}"""


def compare_signing(report, rounds):
    """Measure a signature and its hashing."""
    done = subprocess.run(
        [f"{HERE}/sign_bench", str(rounds), str(SIGN_COUNT)], check=True,
        text=True, capture_output=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    report.at_most("signature of 2 KB, us", [float(line[0]) for line in lines],
                 "its hashing alone", [float(line[1]) for line in lines],
                 SIGN_BAR)


def measure_building(bed, report, rounds):
    """Measure a nested request."""
    with bed.session() as session:
        session.ask(SETUP)
        took = [float(session.ask(
            "SELECT pg_temp.bench_request('CreateDataSource', $bench$"
            f"{PARAMS}$bench$, {BUILD_COUNT});")[0]) for _ in range(rounds)]
    report.limit("CreateDataSource, built and signed, us", took, BUILD_BAR)


def measure(bed, report, rounds):
    """Add all lines about requests alone."""
    compare_signing(report, rounds)
    measure_building(bed, report, rounds)
