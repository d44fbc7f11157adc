/** A decoded picture: interleaved RGB, 8 bits a channel, `data.length = 3 × width × height`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A decoded picture in grey, 8 bits a pixel, `data.length = width × height`. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An upright rectangle in pixels of its picture; may be fractional. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point in pixels of its picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
