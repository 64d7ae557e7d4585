import { render } from 'preact';
import { App } from './app.js';
import './style.css';

const root = document.getElementById('app');
if (root === null) throw new Error('expected an element with the id "app" in the page');
render(<App />, root);
