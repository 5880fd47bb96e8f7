#!/bin/sh
# Makes examples/page.png of the golden page: sh tests/cases/page.sh (needs Chromium, the fonts of Noto, and uv for Pillow).
set -eu
cd "$(dirname "$0")/../.."
profile=$(mktemp -d)
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
  --window-size=840,1690 --screenshot="$profile/page.png" "file://$PWD/tests/cases/golden/page.html"
uv run --no-project --with 'pillow<13' python -c "
import sys; from PIL import Image
Image.open(sys.argv[1]).convert('RGB').quantize(32, dither=0).save(sys.argv[2], optimize=True)
" "$profile/page.png" examples/page.png
rm -r "$profile"
