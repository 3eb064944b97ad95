// Put before a copy of the built Worker's JavaScript: what it waits for a minute or more, it waits a hundredth of.
const patientTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...given) => patientTimeout(callback, delay < 60_000 ? delay : delay / 100, ...given);

const wrapExport = (_, inner) => inner;
