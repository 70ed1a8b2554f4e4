"""One session of an unmodified boto3 with the service at the given endpoint; prints its results as JSON."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, close_date = sys.argv[1:]
client = boto3.client("partnercentral-selling", region_name="us-east-1", endpoint_url=endpoint)
CATALOG = "Sandbox"
seen = {}


def refused(call, **request):
    try:
        call(**request)
    except ClientError as error:
        response = error.response
        return {
            "code": response["Error"]["Code"],
            "message": response["Error"]["Message"],
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "reason": response.get("Reason"),
            "errors": response.get("ErrorList"),
        }
    return None


body = {
    "Catalog": CATALOG,
    "ClientToken": "boto3-1",
    "PartnerOpportunityIdentifier": "BOTO-1",
    "Customer": {
        "Account": {
            "CompanyName": "Acme Robotics",
            "Industry": "Manufacturing",
            "WebsiteUrl": "www.acme-robotics.example",
            "Address": {"CountryCode": "US", "PostalCode": "98109", "StateOrRegion": "Washington"},
        }
    },
    "Project": {
        "Title": "Line controllers in the cloud",
        "CustomerBusinessProblem": "The controllers of two lines are out of support and cannot be patched.",
        "ExpectedCustomerSpend": [
            {"Amount": "531", "CurrencyCode": "USD", "Frequency": "Monthly", "TargetCompany": "AWS"}
        ],
    },
    "LifeCycle": {"TargetCloseDate": close_date},
}
created = client.create_opportunity(**body)
seen["create"] = {name: str(created[name]) for name in ("Id", "LastModifiedDate", "PartnerOpportunityIdentifier")}

got = client.get_opportunity(Catalog=CATALOG, Identifier=created["Id"])
seen["get"] = {
    "title": got["Project"]["Title"],
    "status": got["LifeCycle"]["ReviewStatus"],
    "date": got["LastModifiedDate"].isoformat(),
}

# As AWS recommends: read the whole record, drop read-only members and nulls, change it, send it back.
def strip(value):
    if isinstance(value, dict):
        return {name: strip(inner) for name, inner in value.items() if inner is not None}
    return [strip(inner) for inner in value] if isinstance(value, list) else value


whole = strip({
    name: value
    for name, value in got.items()
    if name not in ("Id", "Arn", "CreatedDate", "OpportunityTeam", "RelatedEntityIdentifiers", "ResponseMetadata")
})
whole["Identifier"] = got["Id"]
whole["LifeCycle"]["NextSteps"] = "Call on Monday"
updated = client.update_opportunity(**whole)
seen["update"] = {"Id": updated["Id"], "moved": updated["LastModifiedDate"] > got["LastModifiedDate"]}
seen["stale"] = refused(client.update_opportunity, **whole)

late = {**body, "ClientToken": "boto3-2", "PartnerOpportunityIdentifier": "BOTO-2"}
late["LifeCycle"] = {"TargetCloseDate": "2020-01-01"}
late["Project"] = {**body["Project"], "CompetitorName": "*Other"}
seen["invalid"] = refused(client.create_opportunity, **late)
seen["unknown"] = refused(client.get_opportunity, Catalog=CATALOG, Identifier="O404")

pages = client.get_paginator("list_opportunities").paginate(Catalog=CATALOG, PaginationConfig={"PageSize": 100})
seen["pages"] = [len(page["OpportunitySummaries"]) for page in pages]

client.associate_opportunity(
    Catalog=CATALOG, OpportunityIdentifier=created["Id"], RelatedEntityType="Solutions", RelatedEntityIdentifier="S-1234567"
)
task = client.start_engagement_from_opportunity_task(
    Catalog=CATALOG, ClientToken="boto3-task", Identifier=created["Id"], AwsSubmission={"InvolvementType": "Co-Sell"}
)
seen["task"] = {"status": task["TaskStatus"], "message": task.get("Message")}
seen["solutions"] = [one["Id"] for one in client.list_solutions(Catalog=CATALOG)["SolutionSummaries"]]

json.dump(seen, sys.stdout)
