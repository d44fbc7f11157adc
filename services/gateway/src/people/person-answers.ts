import { consentTexts, type Delivery, deliveryKey, language } from '@latchkey/contracts';
import type { Person } from '@latchkey/contracts/grpc';
import { BUS, type Bus, type Bucket } from '@latchkey/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DELIVERIES } from '../tokens.js';
import { type CodeState, codeStateOf } from './code-state.pure.js';
import type { PersonAnswer } from './people.schemas.js';
import { toPersonAnswer } from './person-answer.pure.js';

/** People as the API tells of them: what the registry says, and from the ledger whether their code was mailed. */
@Injectable()
export class PersonAnswers {
  readonly #bus: Bus;
  readonly #deliveries: Bucket<Delivery>;

  constructor(@Inject(BUS) bus: Bus, @Inject(DELIVERIES) deliveries: Bucket<Delivery>) {
    this.#bus = bus;
    this.#deliveries = deliveries;
  }

  /** One person, with the text of what they agreed to, in their language. */
  async of(person: Person): Promise<PersonAnswer> {
    const answer = toPersonAnswer(person, await this.#codeState(person));
    const { consent } = answer;
    if (!consent) return answer;
    const texts = consentTexts[consent.version];
    return { ...answer, consent: { ...consent, text: texts[language.parse(person.language)] } };
  }

  /** A page of people; without texts, which would be said over and over. */
  async ofAll(people: readonly Person[]): Promise<PersonAnswer[]> {
    return await Promise.all(
      people.map(async (person) => toPersonAnswer(person, await this.#codeState(person))),
    );
  }

  async #codeState(person: Person): Promise<CodeState> {
    return codeStateOf(person, await this.#mailed(person.codeJob), this.#bus.nowMs());
  }

  /** `unknown` where the ledger cannot be read: people are told of all the same. */
  async #mailed(job: string): Promise<Delivery['state'] | 'unknown' | null> {
    if (job === '') return null;
    try {
      return (await this.#deliveries.get(deliveryKey(job)))?.value.state ?? null;
    } catch {
      return 'unknown';
    }
  }
}
