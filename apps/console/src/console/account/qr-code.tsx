import './qr-code.css';
import QRCode from 'qrcode';
import { pathOf } from './qr-path.pure.js';

/** As wide, in modules, as nothing may be around a code (ISO/IEC 18004). */
const QUIET = 4;

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** A QR code that is drawn here, in the page itself: what is in it is part of no address and goes nowhere. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const whole = size + 2 * QUIET;
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
    >
      <path d={pathOf(data, size)} />
    </svg>
  );
}
