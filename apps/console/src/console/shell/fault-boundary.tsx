import { Component, type ReactNode } from 'react';
import { Button } from '../../look/button.js';
import { Empty } from '../../look/words.js';

interface FaultBoundaryProps {
  /** Elsewhere it is tried anew; where it is left out, nothing stands around it. */
  readonly place?: string;
  readonly children: ReactNode;
}

interface Fault {
  readonly isThere: boolean;
  /** Where the page was when this was last looked at. */
  readonly place: string | undefined;
}

/** Shows a sentence in the place of what a fault keeps from being drawn; what stands around it goes on. React logs the fault. */
export class FaultBoundary extends Component<FaultBoundaryProps, Fault> {
  override state: Fault = { isThere: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<Fault> {
    return { isThere: true };
  }

  static getDerivedStateFromProps({ place }: FaultBoundaryProps, before: Fault): Fault | null {
    return place === before.place ? null : { isThere: false, place };
  }

  override render(): ReactNode {
    if (!this.state.isThere) return this.props.children;
    return this.props.place === undefined ? (
      <main className="entrance">
        <Sentence />
      </main>
    ) : (
      <Sentence />
    );
  }
}

function Sentence() {
  return (
    <div className="card" role="alert">
      <Empty level={1} title="This page cannot be shown">
        <p>Something in it went wrong. What was saved is as it was; what was only typed is lost.</p>
        <Button kind="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </Empty>
    </div>
  );
}
