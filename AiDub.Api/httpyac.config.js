// httpYac reads a named answer as `submit.request_id`; Visual Studio and REST Client write `submit.response.body.$.request_id`, which this
// lets httpYac read too, so that requests.http is one file for all of them.
const answer = /\{\{\s*(\w+)\.response\.body\.\$\.(\w+)\s*\}\}/g;

module.exports = {
  configureHooks(api) {
    api.hooks.replaceVariable.addHook(
      'answer',
      (text, type, context) =>
        typeof text === 'string' ? text.replace(answer, (whole, name, field) => context.variables[name]?.[field] ?? whole) : text,
      { before: ['javascript'] });
  },
};
