/** Functions that every browser has as globals, and those of JavaScript itself. */
export const GLOBAL_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "alert confirm prompt print fetch open close stop focus blur find scroll scrollTo scrollBy moveTo moveBy resizeTo resizeBy " +
    "setTimeout clearTimeout setInterval clearInterval setImmediate requestAnimationFrame cancelAnimationFrame " +
    "requestIdleCallback cancelIdleCallback queueMicrotask structuredClone reportError postMessage createImageBitmap " +
    "webkitRequestAnimationFrame mozRequestAnimationFrame webkitCancelAnimationFrame getComputedStyle matchMedia getSelection " +
    "getScreenDetails queryLocalFonts showOpenFilePicker showSaveFilePicker showDirectoryPicker addEventListener " +
    "removeEventListener dispatchEvent captureEvents releaseEvents atob btoa escape unescape eval importScripts " +
    "parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent require define " +
    "String Number Boolean BigInt Symbol Object Array Function Date RegExp Error TypeError RangeError SyntaxError EvalError " +
    "ReferenceError URIError AggregateError Proxy Map Set WeakMap WeakSet Promise Image Audio Option Event CustomEvent " +
    "ArrayBuffer undefined SharedArrayBuffer DataView Uint8Array Float32Array CSS Intl Worker XMLHttpRequest super import"
  ).split(" "),
);

/** Names that a handler in an attribute finds on its element, its form or the document. */
export const METHODS_IN_HANDLERS: ReadonlySet<string> = new Set(
  (
    "submit reset requestSubmit checkValidity reportValidity setCustomValidity select setSelectionRange stepUp stepDown showPicker " +
    "click remove append prepend before after replaceWith replaceChildren closest matches contains toggleAttribute setAttribute " +
    "removeAttribute getAttribute hasAttribute querySelector querySelectorAll getElementById getElementsByClassName " +
    "getElementsByTagName getElementsByName createElement createTextNode write writeln execCommand scrollIntoView animate " +
    "requestFullscreen exitFullscreen requestPointerLock show showModal hide showPopover hidePopover togglePopover play pause load " +
    "insertAdjacentHTML insertAdjacentElement getBoundingClientRect appendChild removeChild insertBefore replaceChild cloneNode"
  ).split(" "),
);
