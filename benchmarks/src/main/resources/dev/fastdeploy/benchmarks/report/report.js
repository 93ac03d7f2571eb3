
// Draws the charts. What became of it stands in attributes of the root element, where a test finds
// it: data-charts, data-drawn (of them), data-series (of all charts), data-visible (of them),
// data-errors, data-requests.
(() => {
  'use strict';

  const page = document.documentElement;
  const errors = [];
  const charts = new Map();

  addEventListener('error', event => errors.push(event.message || 'a resource is missing'), true);
  addEventListener('securitypolicyviolation', event => errors.push('refused: ' + event.blockedURI));
  addEventListener('DOMContentLoaded', () => {
    drawAll();
    addEventListener('load', () => setTimeout(tell, 0));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
    addEventListener('beforeprint', () => onPaper(true));
    addEventListener('afterprint', () => onPaper(false));
  });

  function onPaper(yes) {
    page.classList.toggle('paper', yes);
    drawAll();
  }

  function drawAll() {
    const pictures = location.hash === '#pictures';
    if (pictures) page.classList.add('paper');
    for (const figure of document.querySelectorAll('.chart')) {
      try {
        draw(figure);
        if (pictures) figure.dataset.picture = canvasOf(figure).toDataURL('image/png');
      } catch (error) {
        errors.push(figure.id + ': ' + error.message);
        figure.dataset.drawn = 'false';
      }
      figure.classList.remove('drawing');
    }
  }

  function tell() {
    const figures = [...document.querySelectorAll('.chart')];
    page.dataset.charts = figures.length;
    page.dataset.drawn = figures.filter(figure => figure.dataset.drawn === 'true').length;
    page.dataset.series = sum(figures, 'series');
    page.dataset.visible = sum(figures, 'visible');
    page.dataset.requests = performance.getEntriesByType('resource').length;
    page.dataset.errors = errors.length;
    if (errors.length) page.dataset.firstError = errors[0];
  }

  const sum = (figures, name) => figures.reduce((all, one) => all + Number(one.dataset[name] ?? 0), 0);

  const canvasOf = figure => figure.querySelector('canvas');

  function draw(figure) {
    charts.get(figure)?.destroy();
    figure.classList.add('drawing');
    const data = JSON.parse(figure.querySelector('script').textContent);
    const look = appearance();
    const canvas = canvasOf(figure);
    canvas.parentElement.style.height = height(data) + 'px';
    const chart = new Chart(canvas, data.kind === 'bars' ? bars(data, look) : lines(data, look));
    charts.set(figure, chart);
    const expected = chart.data.datasets.filter(series => series.shows);
    const seen = expected.filter(series => visible(chart, series));
    if (expected.length && !seen.length) throw new Error('nothing was drawn');
    figure.dataset.series = expected.length;
    figure.dataset.visible = seen.length;
    const details = figure.querySelector('details');
    if (details && figure.dataset.drawn !== 'true') details.open = false;
    figure.dataset.drawn = 'true';
  }

  function height(data) {
    if (data.kind !== 'bars') return 380;
    return 110 + data.groups.length * (data.series.length * 20 + 14);
  }

  // Whether the canvas shows the colour of a series somewhere between the axes.
  function visible(chart, series) {
    const { left, top, width, height } = chart.chartArea;
    const scale = chart.currentDevicePixelRatio;
    const pixels = chart.ctx.getImageData(
      left * scale, top * scale, Math.max(1, width * scale), Math.max(1, height * scale)).data;
    const [red, green, blue] = [1, 3, 5].map(at => parseInt(series.borderColor.slice(at, at + 2), 16));
    for (let i = 0; i < pixels.length; i += 4) {
      const off = Math.abs(pixels[i] - red) + Math.abs(pixels[i + 1] - green) + Math.abs(pixels[i + 2] - blue);
      if (off < 12 && pixels[i + 3] > 240) return true;
    }
    return false;
  }

  function appearance() {
    const style = getComputedStyle(page);
    const colour = name => style.getPropertyValue('--' + name).trim();
    return {
      paper: colour('paper'),
      ink: colour('ink'),
      muted: colour('muted'),
      line: colour('line'),
      font: getComputedStyle(document.body).fontFamily,
      series: index => colour('series-' + (index % 8 + 1)),
    };
  }

  function bars(data, look) {
    const ends = data.series.flatMap(one => one.bars).filter(bar => bar).map(bar => bar.max);
    const datasets = data.series.map((one, index) => ({
      label: one.name,
      bars: one.bars,
      shows: one.bars.some(bar => bar && bar.median !== 0),
      data: one.bars.map(bar => bar ? bar.median : null),
      backgroundColor: look.series(index),
      borderColor: look.series(index),
      borderRadius: 2,
      maxBarThickness: 22,
      barPercentage: 0.86,
      categoryPercentage: 0.8,
    }));
    const options = common(look, data.series.length);
    options.indexAxis = 'y';
    options.layout = { padding: { right: 64 } };
    options.scales = {
      x: Object.assign(axis(data.values, look), { suggestedMax: Math.max(0, ...ends) }),
      y: {
        title: { display: true, text: data.groupTitle, color: look.muted },
        grid: { display: false },
        border: { color: look.line },
        ticks: { color: look.ink, autoSkip: false },
      },
    };
    options.plugins.tooltip.callbacks = {
      label: item => {
        const bar = item.dataset.bars[item.dataIndex];
        return ' ' + item.dataset.label + ': ' + bar.middle + ' ' + data.values.unit + ' (' + bar.range + ')';
      },
    };
    return { type: 'bar', data: { labels: data.groups, datasets }, options, plugins: [paper(look), air, spread(look)] };
  }

  function lines(data, look) {
    const datasets = data.series.map((one, index) => ({
      label: one.name,
      data: one.points.map(([x, y]) => ({ x, y })),
      shows: !data.stacked || one.points.some(([x, y]) => y !== 0 && x !== one.points[0][0]),
      stepped: data.stepped ? 'before' : false,
      fill: data.stacked ? (index === 0 ? 'origin' : '-1') : false,
      backgroundColor: look.series(index),
      borderColor: look.series(index),
      borderWidth: data.stacked ? 0 : 2.5,
      pointRadius: !data.stacked && one.points.length <= 12 ? 3 : 0,
      pointHitRadius: 8,
      clip: 6,
    }));
    const options = common(look, data.series.length);
    options.layout = { padding: { right: 12 } };
    options.interaction = { mode: 'index', axis: 'x', intersect: false };
    options.scales = {
      x: Object.assign(axis(data.x, look), extent(data.series.flatMap(one => one.points.map(point => point[0])))),
      y: Object.assign(axis(data.y, look), { stacked: data.stacked }),
    };
    options.plugins.tooltip.callbacks = {
      title: items => items.length ? data.x.label + ': ' + number(items[0].parsed.x) : '',
      label: item => ' ' + item.dataset.label + ': ' + number(item.parsed.y) + ' ' + data.y.unit,
    };
    return { type: 'line', data: { datasets }, options, plugins: [paper(look), air] };
  }

  // From the first point to the last, however uneven.
  function extent(xs) {
    const [min, max] = xs.reduce(([least, most], x) => [Math.min(least, x), Math.max(most, x)], [Infinity, -Infinity]);
    return min < max ? { min, max } : {};
  }

  const number = value => value.toLocaleString('en-US', { maximumSignificantDigits: 6 });

  function axis(of, look) {
    return {
      type: of.logarithmic ? 'logarithmic' : 'linear',
      title: { display: true, text: of.label, color: look.muted },
      grid: { color: look.line },
      border: { color: look.line },
      ticks: {
        color: look.muted,
        maxRotation: 0,
        includeBounds: false,
        callback: of.logarithmic ? value => (first(value) ? number(value) : '') : value => number(value),
      },
    };
  }

  // On a logarithmic axis 1, 2 and 5 of each decade are enough.
  const first = value => {
    const leading = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
    return [1, 2, 5].some(digit => Math.abs(leading - digit) < 1e-6);
  };

  function common(look, series) {
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      font: { family: look.font },
      plugins: {
        legend: {
          display: series > 1,
          position: 'top',
          align: 'start',
          labels: { color: look.ink, boxWidth: 12, boxHeight: 12, padding: 16 },
        },
        tooltip: { boxPadding: 4 },
      },
    };
  }

  // A picture that is taken out of the page keeps its ground.
  const paper = look => ({
    id: 'paper',
    beforeDraw({ ctx, width, height }) {
      ctx.save();
      ctx.fillStyle = look.paper;
      ctx.fillRect(0, 0, width, height);
      ctx.restore();
    },
  });

  // Keeps the highest label of the axis clear of the legend.
  const air = {
    id: 'air',
    beforeInit({ legend }) {
      const fit = legend.fit;
      legend.fit = () => {
        fit.call(legend);
        legend.height += 10;
      };
    },
  };

  // From the smallest to the largest measurement, and the median in figures.
  const spread = look => ({
    id: 'spread',
    afterDatasetsDraw(chart) {
      const { ctx, scales: { x } } = chart;
      ctx.save();
      ctx.strokeStyle = look.ink;
      ctx.fillStyle = look.ink;
      ctx.lineWidth = 1.25;
      ctx.font = '12px ' + look.font;
      ctx.textBaseline = 'middle';
      chart.getSortedVisibleDatasetMetas().forEach(meta => meta.data.forEach((element, index) => {
        const bar = meta._dataset.bars[index];
        if (!bar) return;
        const [from, to] = [x.getPixelForValue(bar.min), x.getPixelForValue(bar.max)];
        if (to - from > 1) whisker(ctx, from, to, element.y, Math.min(4, element.height / 3));
        ctx.fillText(bar.middle, Math.max(to, element.x) + 6, element.y + 1);
      }));
      ctx.restore();
    },
  });

  function whisker(ctx, from, to, y, cap) {
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to, y);
    for (const end of [from, to]) {
      ctx.moveTo(end, y - cap);
      ctx.lineTo(end, y + cap);
    }
    ctx.stroke();
  }
})();
