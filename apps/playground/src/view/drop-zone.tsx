import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { NamedFile } from '../files/archive.js';
import { droppedFiles, pickedFiles } from '../files/dropped.js';

interface Props {
  /** What is to be dropped here, as the buttons say it. */
  readonly what: string;
  readonly disabled?: boolean;
  /** What else can be done here: further buttons. */
  readonly children?: ComponentChildren;
  readonly hint: string;
  readonly onFiles: (files: readonly NamedFile[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Takes files and folders: dropped, or picked by two buttons, which is all that a keyboard needs. */
export function DropZone({ what, disabled = false, children, hint, onFiles, onError }: Props) {
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const pick = (event: Event & { currentTarget: HTMLInputElement }) => {
    const input = event.currentTarget;
    const picked = pickedFiles(input.files);
    // The same file again is a change again.
    input.value = '';
    if (picked.length > 0) onFiles(picked);
  };

  return (
    <div
      class={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (disabled || event.dataTransfer === null) return;
        droppedFiles(event.dataTransfer).then(onFiles, onError);
      }}
    >
      <div class="row">
        <button type="button" disabled={disabled} onClick={() => files.current?.click()}>
          Choose {what} …
        </button>
        <button type="button" disabled={disabled} onClick={() => folder.current?.click()}>
          Choose a folder …
        </button>
        {children}
      </div>
      <p class="hint">{hint}</p>
      <input ref={files} type="file" multiple hidden aria-label={`Choose ${what}`} onChange={pick} />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label={`Choose the folder of ${what}`}
        {...{ webkitdirectory: true }}
        onChange={pick}
      />
    </div>
  );
}
