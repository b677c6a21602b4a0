--- The checklist of a document in a split, with jumps to the lines that it speaks of.
local client = require('archlint.client')
local page = require('archlint.page')

local M = {}

local namespace = vim.api.nvim_create_namespace('archlint.checklist')
local group = vim.api.nvim_create_augroup('archlint.checklist', {})

---@class archlint.View
---@field buffer integer where the checklist is shown
---@field targets table<integer, archlint.Passage>
---@field is_asking boolean whether an answer is awaited
---@field is_outdated boolean whether the document changed since that was asked

local views = {} ---@type table<integer, archlint.View> by the document's buffer

for name, link in pairs({ Answered = 'DiagnosticOk', Touched = 'DiagnosticInfo', Open = 'DiagnosticWarn', Waived = 'Comment' }) do
  vim.api.nvim_set_hl(0, 'Archlint' .. name, { link = link, default = true })
end

local function show(view, checklist)
  local made = page.render(checklist)
  view.targets = made.targets
  local window = vim.fn.bufwinid(view.buffer)
  local seen = window ~= -1 and vim.api.nvim_win_call(window, vim.fn.winsaveview)
  vim.bo[view.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(view.buffer, 0, -1, false, made.lines)
  vim.bo[view.buffer].modifiable = false
  vim.api.nvim_buf_clear_namespace(view.buffer, namespace, 0, -1)
  for _, one in ipairs(made.highlights) do
    vim.api.nvim_buf_set_extmark(view.buffer, namespace, one.line - 1, one.from, { end_col = one.to, hl_group = one.group })
  end
  if seen then
    vim.api.nvim_win_call(window, function() vim.fn.winrestview(seen) end)
  end
end

--- Asks for the checklist and shows it, and again while the document goes on to change.
local function refresh(document)
  local view, server = views[document], client.of(document)
  if not view or not server then return end
  if view.is_asking then
    view.is_outdated = true
    return
  end
  view.is_asking, view.is_outdated = true, false
  local params = { textDocument = { uri = vim.uri_from_bufnr(document) } }
  server:request('archlint/checklist', params, function(err, checklist)
    view.is_asking = false
    if views[document] ~= view or not vim.api.nvim_buf_is_valid(view.buffer) then return end
    if err then
      client.complain(err.message)
    elseif type(checklist) == 'table' then
      -- What JSON calls null is a value of its own kind in Lua, and counts as true.
      show(view, vim.json.decode(vim.json.encode(checklist), { luanil = { object = true } }))
    end
    if view.is_outdated then refresh(document) end
  end, document)
end

--- The window to show a document in: one that has it, or else one that is not the checklist's.
local function window_for(document)
  local window = vim.fn.bufwinid(document)
  if window == -1 then
    vim.cmd.wincmd('p')
    window = vim.api.nvim_get_current_win()
    if views[document] and vim.api.nvim_win_get_buf(window) == views[document].buffer then
      vim.cmd.split()
      window = vim.api.nvim_get_current_win()
    end
  end
  vim.api.nvim_set_current_win(window)
  if vim.api.nvim_win_get_buf(window) ~= document then vim.api.nvim_win_set_buf(window, document) end
  return window
end

--- Goes from a line of the checklist to the passage that it shows.
local function jump(document)
  local target = views[document].targets[vim.api.nvim_win_get_cursor(0)[1]]
  if not target then return end
  local window = window_for(document)
  vim.cmd("normal! m'")
  local last = vim.api.nvim_buf_line_count(document)
  vim.api.nvim_win_set_cursor(window, { math.min(target.start_line, last), 0 })
  vim.cmd('normal! ^zvzz')
  local ends = math.min(target.end_line, last) - 1
  vim.hl.range(document, namespace, 'Visual', { math.min(target.start_line, last) - 1, 0 }, { ends, -1 }, { timeout = 600 })
end

local function make_view(document)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].filetype = 'archlint-checklist'
  vim.bo[buffer].modifiable = false
  vim.api.nvim_buf_set_name(buffer, ('archlint://checklist/%d/%s'):format(document, vim.api.nvim_buf_get_name(document)))
  local function map(keys, action, what)
    vim.keymap.set('n', keys, action, { buffer = buffer, nowait = true, desc = 'archlint: ' .. what })
  end
  map('<CR>', function() jump(document) end, 'go to the passage')
  map('<2-LeftMouse>', function() jump(document) end, 'go to the passage')
  map('q', vim.cmd.close, 'close the checklist')
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = buffer,
    callback = function() views[document] = nil end,
  })
  views[document] = { buffer = buffer, targets = {}, is_asking = false, is_outdated = false }
  return views[document]
end

vim.api.nvim_create_autocmd('LspNotify', {
  group = group,
  desc = 'Keep the checklist up to date',
  callback = function(event)
    if event.data.method ~= 'textDocument/didChange' then return end
    local sender = vim.lsp.get_client_by_id(event.data.client_id)
    if sender and sender.name == 'archlint' then refresh(vim.uri_to_bufnr(event.data.params.textDocument.uri)) end
  end,
})

--- Opens the checklist of a buffer, or goes to it where it is open.
---@param bufnr integer 0 for the current one
---@param modifiers? table those of the command, such as `vertical`
function M.open(bufnr, modifiers)
  local document = bufnr == 0 and vim.api.nvim_get_current_buf() or bufnr
  for owner, view in pairs(views) do
    if view.buffer == document then document = owner end
  end
  if not client.of(document) then
    client.complain(client.why_none(document))
    return
  end
  local view = views[document]
  local window = view and vim.fn.bufwinid(view.buffer) or -1
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    view = view or make_view(document)
    vim.cmd.split({ mods = modifiers })
    vim.api.nvim_win_set_buf(0, view.buffer)
    vim.wo[0][0].wrap = true
    vim.wo[0][0].linebreak = true
    vim.wo[0][0].breakindent = true
    vim.wo[0][0].number = false
    vim.wo[0][0].relativenumber = false
    vim.wo[0][0].spell = false
    vim.wo[0][0].list = false
  end
  refresh(document)
end

return M
