import { useState } from 'react';
import { addressOf } from '../api/client.js';

interface PhotographProps {
  /** The key in the store of evidence. */
  readonly evidence: string;
  readonly alt: string;
}

/** A photograph of a denial. It lives for a while only, and goes with the person that it names. */
export function Photograph({ evidence, alt }: PhotographProps) {
  const [isGone, setGone] = useState(false);
  if (isGone) return <p className="photograph gone">The photograph is no longer kept.</p>;
  const src = addressOf('getEvidence', { params: { key: evidence } });
  return (
    <img className="photograph" src={src} alt={alt} loading="lazy" onError={() => setGone(true)} />
  );
}
