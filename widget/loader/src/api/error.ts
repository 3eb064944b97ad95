/** The one kind of error that a page gets. */

import type { ChatError, ErrorCode } from "../../../npm/src/types";

const RETRYABLE = /^(rate_limited|unavailable|internal|no_proof|interrupted|too_many_sockets)$/;

/** Makes an error. */
export function chatError(code: ErrorCode, text = ""): ChatError {
  const error = new Error(`Porchlight: ${code}${text && `: ${text}`}`);
  error.name = "ChatError";
  return Object.assign(error, { code, retryable: RETRYABLE.test(code) });
}
