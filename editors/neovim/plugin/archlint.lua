if vim.g.loaded_archlint then return end
vim.g.loaded_archlint = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('archlint needs Neovim 0.11 or later', vim.log.levels.WARN)
  return
end

-- Only what lsp/archlint.lua leaves out because it needs the modules of the plugin.
vim.lsp.config('archlint', {
  capabilities = { workspace = { workspaceEdit = { snippetEditSupport = true } } },
})

local group = vim.api.nvim_create_augroup('archlint', {})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Put the cursor where an edit of archlint wants it, and show the count of answers',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= 'archlint' then return end
    require('archlint.snippets').follow(client)
    require('archlint.lens').show(event.buf, group)
  end,
})

vim.lsp.commands['archlint.applySnippets'] = function(command, context)
  require('archlint.snippets').apply(command.arguments[1], context)
end
vim.lsp.commands['archlint.explain'] = function(command, context)
  require('archlint.explain').show(command, context)
end
vim.lsp.commands['archlint.showChecklist'] = function(_, context)
  require('archlint.checklist').open(context.bufnr)
end

vim.api.nvim_create_user_command('Archlint', function(call)
  if call.args == 'checklist' then
    require('archlint.checklist').open(0, call.smods)
  else
    vim.notify(('archlint: no command “%s”; there is: checklist'):format(call.args), vim.log.levels.ERROR)
  end
end, {
  nargs = 1,
  complete = function(typed) return vim.startswith('checklist', typed) and { 'checklist' } or {} end,
  desc = 'archlint: show the review checklist of the document',
})

vim.lsp.enable('archlint')
