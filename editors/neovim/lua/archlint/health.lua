--- `:checkhealth archlint`
local M = {}

local health = vim.health

local function check_program()
  health.start('archlint: the program')
  local command = vim.lsp.config.archlint and vim.lsp.config.archlint.cmd
  if type(command) ~= 'table' then
    health.info('the configuration starts it by a function of its own')
    return
  end
  local file = vim.fn.exepath(command[1])
  if file == '' then
    health.error(('there is no program `%s`'):format(command[1]), {
      'Install it: `cargo install --path crates/archlint` in the repository of archlint, and see that its folder is on the PATH of Neovim.',
      "Or name it: `vim.lsp.config('archlint', { cmd = { '/path/to/archlint', 'lsp' } })`",
    })
    return
  end
  local ran, result = pcall(function() return vim.system({ file, '--version' }, { text = true }):wait(5000) end)
  if ran and result.code == 0 then
    health.ok(('%s (%s)'):format(vim.trim(result.stdout), file))
  else
    health.error(('%s does not run: %s'):format(file, ran and vim.trim(result.stderr) or result))
  end
end

local function check_server()
  health.start('archlint: the language server')
  local clients = vim.lsp.get_clients({ name = 'archlint' })
  if #clients == 0 then
    if vim.g.loaded_archlint then
      health.info('not running; it starts when a Markdown file is opened')
    else
      health.warn('not running, and the plugin is not loaded', { "Call `vim.lsp.enable('archlint')`" })
    end
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    local place = client.root_dir or 'no folder: neither archlint.toml nor .git is above the document'
    health.ok(('reviews %d %s in %s'):format(buffers, buffers == 1 and 'document' or 'documents', place))
  end
end

local function check_configuration()
  health.start('archlint: its configuration')
  local is_broken = false
  for _, found in ipairs(vim.diagnostic.get()) do
    local name = vim.api.nvim_buf_get_name(found.bufnr)
    if found.source == 'archlint' and vim.endswith(name, '.toml') then
      is_broken = true
      health.error(('%s:%d:%d: %s'):format(vim.fn.fnamemodify(name, ':~:.'), found.lnum + 1, found.col + 1, found.message))
    end
  end
  if not is_broken then health.ok('no mistake is known in an archlint.toml or a rule pack') end
end

function M.check()
  check_program()
  check_server()
  check_configuration()
end

return M
