/**
 * Aborts when this process is asked to end: Ctrl-C (which comes twice, once from the terminal and once from the boot),
 * SIGTERM, a closed terminal, or the death of the boot that started it. Being asked again changes nothing.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const ask = () => stop.abort(new Error('asked to stop'));
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  process.on('SIGHUP', ask);
  if (process.channel) process.on('disconnect', ask);
  return stop.signal;
}
