/**
 * What the script is put together with for pages that state its hash: every file that it would load when it is needed. So
 * the hash holds for all of ours that runs in the page.
 */

import * as api from "./api/main";
import * as attention from "./attention";
import * as line from "./line";
import * as locale from "./locale";
import * as proactive from "./proactive";
import * as visits from "./visits";

/** The files by the names that stand for their addresses there. */
export const WHOLE = { api, attention, line, locale, proactive, visits };
