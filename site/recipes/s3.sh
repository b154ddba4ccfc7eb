#!/bin/sh
# Uploads the site to S3. Written by `cargo xtask dist`; docs/hosting.md says how to use it.
# Usage: sh dist/hosting/s3.sh BUCKET
set -eu
bucket=${1:?usage: s3.sh BUCKET}
cd "$(dirname "$0")/.."

# upload FILES MEDIA-TYPE CACHE-CONTROL [CODING]
upload() {
    aws s3 cp . "s3://$bucket/" --recursive --no-progress --exclude '*' --include "$1" \
        --content-type "$2" --cache-control "$3" ${4:+--content-encoding "$4"}
}

# The files that the document names first, the document last: nobody gets one that names what is not there yet.
@assets@
upload SHA256SUMS 'text/plain; charset=utf-8' '@revalidate@'
upload licences.txt 'text/plain; charset=utf-8' '@revalidate@'
upload sbom.cdx.json application/json '@revalidate@'
upload config.json application/json '@revalidate@'
@document@
