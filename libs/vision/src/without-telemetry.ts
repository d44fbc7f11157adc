/**
 * ONNX Runtime's builds for Linux keep an id of the machine and report use to their maker, unless they find this in the
 * environment when they are loaded. A lock tells nobody about itself: whoever imports the runtime imports this before it.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1';
