// What pages do to the globals, by accident or on purpose. `stolen` keeps whatever a trap got to see of the chat.
window.stolen = [];
const steal = (name) => (...seen) => {
  const text = seen.map(String).join(' ');
  if (/porchlight|token|conversation/i.test(text)) window.stolen.push(`${name}: ${text}`);
  throw new Error(`${name} is broken here`);
};
window.fetch = steal('fetch');
JSON.parse = steal('JSON.parse');
JSON.stringify = steal('JSON.stringify');
for (const name of ['a', 'site', 'type', 'capture', 'once', 'mode', 'token', 'name', 'accent', 'nonce', 'toJSON']) {
  Object.defineProperty(Object.prototype, name, { value: undefined, writable: true, configurable: true, enumerable: true });
  Object.prototype[name] = 'polluted';
}
Array.prototype.polluted = 'polluted';
String.prototype.polluted = 'polluted';
Array.prototype.map = steal('Array.map');
Array.prototype.forEach = steal('Array.forEach');
Array.from = steal('Array.from');
Object.assign = steal('Object.assign');
window.addEventListener('message', (event) => steal('message')(String(event.data)));
