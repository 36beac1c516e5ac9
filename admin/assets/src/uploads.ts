// Files for a message: by picker, drop or paste. They live in the form's own file field, so that it is handed in as it stands.
import { say } from './failures';
import { words } from './sizes';

export interface Uploads {
  files(): File[];
  add(files: Iterable<File>): void;
}

export function mountUploads(form: HTMLFormElement): Uploads {
  const input = form.querySelector<HTMLInputElement>('[data-attach]')!;
  const place = form.querySelector<HTMLElement>('[data-uploads]')!;
  const composer = form.closest<HTMLElement>('[data-composer]') ?? form;
  let all: File[] = [];

  const keep = (files: File[]): void => {
    all = files;
    const transfer = new DataTransfer();
    for (const file of all) transfer.items.add(file);
    input.files = transfer.files;
    place.replaceChildren(...all.map(item));
  };
  const add = (files: Iterable<File>): void => {
    const more = [...all, ...files];
    if (more.reduce((sum, file) => sum + file.size, 0) > Number(input.dataset.max)) {
      say('Too large: attachments may have 25 MB together.');
      keep(all);
    } else keep(more);
  };
  const item = (file: File): HTMLElement => {
    const line = document.createElement('li');
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.textContent = '×';
    remove.setAttribute('aria-label', `Remove ${file.name}`);
    remove.addEventListener('click', () => keep(all.filter(other => other !== file)));
    line.append(`${file.name} · ${words(file.size)}`, remove);
    return line;
  };

  input.addEventListener('change', () => add(input.files ?? []));
  form.addEventListener('paste', event => {
    const files = event.clipboardData?.files;
    if (!files?.length || event.clipboardData?.types.includes('text/html')) return;
    event.preventDefault();
    event.stopPropagation();
    add(files);
  }, { capture: true });
  form.addEventListener('dragover', event => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    composer.classList.add('dropping');
  });
  form.addEventListener('dragleave', () => composer.classList.remove('dropping'));
  form.addEventListener('drop', event => {
    composer.classList.remove('dropping');
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    add(event.dataTransfer.files);
  }, { capture: true });
  return { files: () => all, add };
}
