using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Services.Localization;
using Nop.Web.Framework.Factories;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A field's label, with the text of its key plus ".Hint" as tooltip.</summary>
[HtmlTargetElement("nop-label", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
public class NopLabelTagHelper : TagHelper
{
    private readonly ILocalizationService _localizationService;
    private readonly IWorkContext _workContext;

    public NopLabelTagHelper(IHtmlGenerator generator, ILocalizationService localizationService, IWorkContext workContext)
    {
        Generator = generator;
        _localizationService = localizationService;
        _workContext = workContext;
    }

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    protected IHtmlGenerator Generator { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var key = For.Metadata.ContainerType?.GetProperty(For.Metadata.Name ?? "")?
            .GetCustomAttributes(typeof(NopResourceDisplayNameAttribute), true)
            .OfType<NopResourceDisplayNameAttribute>().FirstOrDefault()?.ResourceKey;
        var text = key is null ? null : await _localizationService.GetResourceAsync(key);

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "label-wrapper");
        output.Content.SetHtmlContent(Generator.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, text, new { @class = "col-form-label" }));

        if (key is null)
            return;

        var language = await _workContext.GetWorkingLanguageAsync();
        var hint = await _localizationService.GetResourceAsync($"{key}.Hint", language.Id, logIfNotFound: false, returnEmptyIfNotFound: true);
        if (string.IsNullOrEmpty(hint))
            return;

        var tooltip = new TagBuilder("span");
        tooltip.AddCssClass("ico-help");
        tooltip.Attributes["title"] = hint;
        tooltip.InnerHtml.Append("?");
        output.Content.AppendHtml(tooltip);
    }
}

/// <summary>The editor that fits the field's type.</summary>
[HtmlTargetElement("nop-editor", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
public class NopEditorTagHelper : TagHelper
{
    private readonly IHtmlHelper _htmlHelper;

    public NopEditorTagHelper(IHtmlHelper htmlHelper) => _htmlHelper = htmlHelper;

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);

        output.Content.SetHtmlContent(_htmlHelper.Editor(For.Name, new { htmlAttributes = new { @class = "form-control" } }));
        return Task.CompletedTask;
    }
}

/// <summary>The box that makes a field apply to the chosen store only; nothing while all stores are edited.</summary>
[HtmlTargetElement("nop-override-store-checkbox", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
public class NopOverrideStoreCheckboxHelper : TagHelper
{
    private readonly IHtmlHelper _htmlHelper;

    public NopOverrideStoreCheckboxHelper(IHtmlHelper htmlHelper) => _htmlHelper = htmlHelper;

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-input")]
    public ModelExpression Input { get; set; }

    /// <summary>Id of the element around the inputs; the platform's script switches them with the box.</summary>
    [HtmlAttributeName("asp-parent-container")]
    public string ParentContainer { get; set; }

    [HtmlAttributeName("asp-store-scope")]
    public int StoreScope { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        if (StoreScope > 0)
        {
            (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);
            output.Content.SetHtmlContent(_htmlHelper.CheckBox(For.Name, null, new { @class = "multi-store-override-option" }));
        }

        return Task.CompletedTask;
    }
}

/// <summary>A card that can be closed. The title is markup; it is shown only beside an icon.</summary>
[HtmlTargetElement("nop-card", Attributes = "asp-name")]
public class NopCardTagHelper : TagHelper
{
    /// <summary>The platform's own asks for widgets around cards; there are none here.</summary>
    public NopCardTagHelper(IViewComponentHelper viewComponentHelper, IWidgetModelFactory widgetModelFactory)
    {
    }

    [HtmlAttributeName("asp-title")]
    public string Title { get; set; }

    [HtmlAttributeName("asp-name")]
    public string Name { get; set; }

    [HtmlAttributeName("asp-hide-block-attribute-name")]
    public string HideBlockAttributeName { get; set; }

    [HtmlAttributeName("asp-hide")]
    public bool IsHide { get; set; }

    [HtmlAttributeName("asp-advanced")]
    public bool IsAdvanced { get; set; }

    [HtmlAttributeName("asp-icon")]
    public string CardIconIsAdvanced { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var card = new TagBuilder("div");
        card.Attributes["id"] = card.Attributes["data-card-name"] = Name;
        card.Attributes["data-hideAttribute"] = HideBlockAttributeName;
        card.AddCssClass("card card-secondary card-outline");
        if (IsHide)
            card.AddCssClass("collapsed-card");

        var icon = CardIconIsAdvanced is null ? "" : $"<div class=\"card-title\"><i class=\"{CardIconIsAdvanced}\"></i>{Title}</div>";
        card.InnerHtml.AppendHtml($"<div class=\"card-header with-border clearfix\">{icon}<div class=\"card-tools float-right\">"
            + $"<button class=\"btn btn-tool\" type=\"button\" data-card-widget=\"collapse\"><i class=\"fa toggle-icon {(IsHide ? "fa-plus" : "fa-minus")}\"></i></button></div></div>");
        card.InnerHtml.AppendHtml(await output.GetChildContentAsync());
        output.Content.AppendHtml(card);
    }
}

/// <summary>A list to choose from. Attributes of the element's own, such as id, are kept.</summary>
[HtmlTargetElement("nop-select", TagStructure = TagStructure.WithoutEndTag)]
public class NopSelectTagHelper : TagHelper
{
    private readonly IHtmlHelper _htmlHelper;

    public NopSelectTagHelper(AdminAreaSettings adminAreaSettings, IHtmlHelper htmlHelper) => _htmlHelper = htmlHelper;

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    [HtmlAttributeName("asp-multiple")]
    public string IsMultiple { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);

        var attributes = context.AllAttributes.Where(attribute => !attribute.Name.StartsWith("asp-", StringComparison.Ordinal)).ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        var isMultiple = bool.TryParse(IsMultiple, out var multiple) && multiple;
        if (!isMultiple)
            attributes["class"] = "form-control";
        output.Content.SetHtmlContent(isMultiple
            ? _htmlHelper.Editor(For.Name, "MultiSelect", new { SelectList = Items })
            : _htmlHelper.DropDownList(For.Name, Items, attributes));
        return Task.CompletedTask;
    }
}
