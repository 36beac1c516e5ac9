// Bundles the screen's script and style. The esbuild API, since the package's bin file changes kind with its install script.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/app.ts', 'src/app.css'],
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  format: 'iife',
  target: 'es2022',
  outdir: '../wwwroot/dist',
});
