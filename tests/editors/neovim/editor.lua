--- A real Neovim in a process of its own, driven by keys and questions.
local M = {}
M.__index = M

--- Starts one in `folder`. `setup.config` is written as its init.lua; `setup.plugin` is the folder
--- of a plugin to install as a package; `setup.path` comes first on the PATH.
function M.start(folder, setup)
  local home = vim.fn.tempname()
  for _, name in ipairs({ 'config/nvim', 'data/nvim/site/pack/test/start', 'state', 'cache' }) do
    vim.fn.mkdir(home .. '/' .. name, 'p')
  end
  vim.fn.writefile(vim.split(setup.config or '', '\n'), home .. '/config/nvim/init.lua')
  for from, to in pairs(setup.files or {}) do
    vim.fn.mkdir(vim.fs.dirname(home .. '/' .. to), 'p')
    assert(vim.uv.fs_copyfile(from, home .. '/' .. to))
  end
  if setup.plugin then
    local package = home .. '/data/nvim/site/pack/test/start/archlint'
    assert(vim.system({ 'cp', '-r', setup.plugin, package }):wait().code == 0)
  end
  local self = setmetatable({ home = home, errors = {} }, M)
  self.channel = vim.fn.jobstart({ vim.v.progpath, '--embed', '--headless', '-n', '-i', 'NONE' }, {
    rpc = true,
    cwd = folder,
    clear_env = true,
    env = {
      HOME = home, PATH = setup.path, LANG = 'C.UTF-8', TMPDIR = vim.env.TMPDIR,
      XDG_CONFIG_HOME = home .. '/config', XDG_DATA_HOME = home .. '/data',
      XDG_STATE_HOME = home .. '/state', XDG_CACHE_HOME = home .. '/cache',
    },
    on_stderr = function(_, lines) vim.list_extend(self.errors, lines) end,
  })
  assert(self.channel > 0, 'Neovim does not start')
  self:lua([[
    vim.o.columns, vim.o.lines = 120, 50
    vim.g.asked, vim.g.choose = {}, ''
    -- The menu of code actions, without somebody in front of it: takes what begins with g:choose.
    vim.ui.select = function(items, options, chosen)
      local names = vim.tbl_map(options.format_item or tostring, items)
      vim.g.asked = names
      for index, name in ipairs(names) do
        if vim.startswith(name, vim.g.choose) then return chosen(items[index], index) end
      end
      chosen(nil, nil)
    end
  ]])
  return self
end

--- Runs Lua in the editor; `...` in the code are the arguments.
function M:lua(code, ...)
  return vim.rpcrequest(self.channel, 'nvim_exec_lua', code, { ... })
end

--- Runs an Ex command.
function M:command(text)
  return vim.rpcrequest(self.channel, 'nvim_command', text)
end

--- Types keys, as a person does.
function M:type(keys)
  vim.rpcrequest(self.channel, 'nvim_input', keys)
  -- What is typed is read by the editor's own loop.
  vim.wait(60)
end

--- Waits until Lua code in the editor gives something true, and gives it back.
function M:await(what, code, ...)
  local result
  local arguments = { ... }
  vim.wait(20000, function()
    local answered, value = pcall(self.lua, self, code, unpack(arguments))
    result = answered and value or nil
    return result ~= nil and result ~= vim.NIL and result ~= false
  end, 40)
  if not result or result == vim.NIL then
    error(('waited in vain for %s; messages: %s'):format(what, self:messages()), 2)
  end
  return result
end

--- All that the editor has said.
function M:messages()
  return self:lua("return vim.fn.execute('messages')")
end

--- The lines of the current buffer.
function M:lines()
  return vim.rpcrequest(self.channel, 'nvim_buf_get_lines', 0, 0, -1, false)
end

--- The line of the cursor, from 1, and its column, in bytes from 0.
function M:cursor()
  return unpack(vim.rpcrequest(self.channel, 'nvim_win_get_cursor', 0))
end

--- The findings of the current buffer with this rule, or all.
function M:findings(rule)
  return self:lua([[
    local rule = ...
    return vim.tbl_map(function(found)
      return { rule = found.code, line = found.lnum + 1, column = found.col, end_line = found.end_lnum + 1,
        end_column = found.end_col, message = found.message, severity = found.severity }
    end, vim.tbl_filter(function(found) return rule == nil or found.code == rule end, vim.diagnostic.get(0)))
  ]], rule)
end

--- Waits for a finding of that rule.
function M:await_finding(rule)
  self:await('the finding ' .. rule, [[
    local rule = ...
    return vim.iter(vim.diagnostic.get(0)):any(function(found) return found.code == rule end)
  ]], rule)
  return self:findings(rule)[1]
end

--- Waits until there is none of that rule.
function M:await_gone(rule)
  self:await('the end of the finding ' .. rule, [[
    local rule = ...
    return not vim.iter(vim.diagnostic.get(0)):any(function(found) return found.code == rule end)
  ]], rule)
end

--- Puts the cursor on a finding and takes the code action that begins with `title` from the menu.
function M:act(finding, title)
  self:lua([[
    vim.g.choose, vim.g.asked = ...
    vim.api.nvim_win_set_cursor(0, { select(3, ...), select(4, ...) })
  ]], title, {}, finding.line, finding.column)
  self:type('gra')
  self:await('the menu', 'return #vim.g.asked > 0')
  local offered = self:lua('return vim.g.asked')
  local taken = vim.iter(offered):any(function(name) return vim.startswith(name, title) end)
  assert(taken, ('no action “%s” among: %s'):format(title, table.concat(offered, ' | ')))
  vim.wait(60)
end

function M:stop()
  pcall(self.command, self, 'qall!')
  vim.fn.jobwait({ self.channel }, 3000)
  vim.fn.jobstop(self.channel)
  vim.fn.delete(self.home, 'rf')
end

return M
