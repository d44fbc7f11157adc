import './without-telemetry.js'; // before the runtime
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { VisionError } from './vision-error.js';

/** What the pipeline needs of a model. */
export interface ModelShape {
  readonly input: readonly number[];
  /** Outputs by name, with how many numbers each has. */
  readonly outputs: Readonly<Record<string, number>>;
}

/** A loaded model: one ONNX Runtime session on one thread, with one input buffer that is used again and again. */
export class Model {
  readonly #session: InferenceSession;
  readonly #input: Float32Array;
  readonly #feeds: Record<string, Tensor>;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly name: string,
    session: InferenceSession,
    shape: ModelShape,
  ) {
    this.#session = session;
    this.#input = new Float32Array(shape.input.reduce((size, side) => size * side, 1));
    this.#feeds = {
      [session.inputNames[0] ?? 'input']: new Tensor('float32', this.#input, shape.input),
    };
  }

  /**
   * @param file the model's bytes
   * @throws VisionError LK-VISION-005 if it does not load, or its inputs or outputs are not those expected
   */
  static async load(name: string, file: Uint8Array, shape: ModelShape): Promise<Model> {
    try {
      const session = await InferenceSession.create(file, {
        // One thread each: with more, the threads of a busy machine wait for each other (three times slower on 2 cores).
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        logSeverityLevel: 3,
      });
      const model = new Model(name, session, shape);
      const outputs = await model.run((input) => void input.fill(0));
      for (const [output, size] of Object.entries(shape.outputs)) {
        const got = outputs[output]?.length ?? 0;
        if (got !== size)
          throw new Error(`output "${output}" has ${got} numbers, expected ${size}`);
      }
      return model;
    } catch (cause) {
      throw new VisionError('LK-VISION-005', `${name}: ${messageOf(cause)}`, { cause });
    }
  }

  /**
   * Runs the model once. Calls wait for each other, since they share the input buffer.
   * @param fill writes the whole input; must not keep the buffer
   * @returns each output by its name, the caller's to keep
   */
  run(fill: (input: Float32Array) => void): Promise<Record<string, Float32Array>> {
    const result = this.#turn.then(async () => {
      fill(this.#input);
      const outputs = await this.#session.run(this.#feeds);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      );
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Frees the session once the runs under way have ended. */
  async release(): Promise<void> {
    await this.#turn;
    await this.#session.release();
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
