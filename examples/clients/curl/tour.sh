#!/usr/bin/env bash
# The operations of the README with curl alone: tour.sh [URL]
set -euo pipefail
url=${1:-http://127.0.0.1:4000/graphql}

ask() { # ask QUERY [VARIABLES]
  printf '{"query":%s,"variables":%s}' "$(json "$1")" "${2:-{\}}" |
    curl -sS --fail-with-body "$url" -H 'content-type: application/json' --data-binary @-
  echo
}
# A string as JSON: quotes and backslashes escaped, lines joined.
json() { printf '"%s"' "$(printf '%s' "$1" | tr '\n' ' ' | sed 's/\\/\\\\/g; s/"/\\"/g')"; }

echo '# A list: one AWS call'
ask '{ opportunities(first: 3, filter: { stages: [QUALIFIED] }) { nodes { id lifeCycle { stage } } pageInfo { endCursor } } }'
echo '# A record'
ask 'query ($id: ID!) { opportunity(id: $id) { lastModifiedDate project { title } } }' '{"id":"O5000002"}'
echo '# A patch'
ask 'mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) {
  changed userErrors { path code message } } }' \
  '{"input":{"id":"O5000002","patch":{"lifeCycle":{"nextSteps":"Workshop on \"Tuesday\""}}}}'
echo '# A dry run, which reports the cost'
curl -sS "$url" -H 'content-type: application/json' -H 'x-upstream-dry-run: 1' \
  -d '{"query":"{ opportunities(first: 20) { nodes { marketing { source } } } }"}'
echo
