// Prints the brotli size of each file that is named, at the level that hosts use for files they compress once.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

for (const path of process.argv.slice(1)) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  console.log(brotliCompressSync(bytes, { params }).length);
}
